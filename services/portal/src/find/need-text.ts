const TITLE_MAX = 90;
const SUMMARY_MAX = 500;

/** A title out of a need in own words: its first sentence, or as many whole words of it as there is room for. */
export function titleOf(text: string): string {
  const [first = ''] = text.trim().split(/(?<=[.!?])\s|\n/);
  const title = cut(first, TITLE_MAX).replace(/[.,;:]+$/, '');
  return title.charAt(0).toLocaleUpperCase() + title.slice(1);
}

/** The summary, and the whole text where it says more than a summary can. */
export function bodyOf(text: string): { summary: string; text?: string } {
  const whole = text.trim();
  return whole.length <= SUMMARY_MAX ? { summary: whole } : { summary: cut(whole, SUMMARY_MAX), text: whole };
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const room = text.slice(0, most - 1);
  const end = room.lastIndexOf(' ');
  return `${room.slice(0, end > most / 2 ? end : undefined).trimEnd()}…`;
}
