/** One event of a stream of server-sent events. */
export interface ServerEvent {
  id?: string;
  event: string;
  data: string;
}

/** Reads the events out of text as it comes, in pieces that end anywhere. Comments, by which a server shows that it lives, give none. */
export class EventReader {
  private rest = '';
  private id: string | undefined;

  read(piece: string): ServerEvent[] {
    this.rest += piece;
    const blocks = this.rest.split(/\r?\n\r?\n/);
    this.rest = blocks.pop() ?? '';
    return blocks.map((block) => this.eventOf(block)).filter((event) => event !== undefined);
  }

  private eventOf(block: string): ServerEvent | undefined {
    let event = 'message';
    const data: string[] = [];
    for (const line of block.split(/\r?\n/)) {
      const [, field, value = ''] = /^(\w+)(?:: ?(.*))?$/.exec(line) ?? [];
      if (field === 'id') this.id = value;
      else if (field === 'event') event = value;
      else if (field === 'data') data.push(value);
    }
    if (data.length === 0) return undefined;
    return { event, data: data.join('\n'), ...(this.id !== undefined && { id: this.id }) };
  }
}
