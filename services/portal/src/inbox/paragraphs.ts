interface Paragraphs {
  /** What stands above the reasons. */
  before: string[];
  /** What somebody wrote, and what to do next. */
  after: string[];
}

/** A notice's text without the lines that say its reasons: those are shown as what they are. */
export function paragraphs(text: string, reasons: readonly { text: string }[]): Paragraphs {
  const said = new Set(reasons.map((reason) => `– ${reason.text}`));
  const lines = text.split('\n').filter(Boolean);
  const at = lines.findIndex((line) => said.has(line));
  if (at < 0) return { before: [], after: lines };
  return { before: lines.slice(0, at), after: lines.slice(at).filter((line) => !said.has(line)) };
}
