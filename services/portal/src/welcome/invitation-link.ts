/** The token of an invitation, out of the whole link or given alone. */
export function tokenOf(link: string): string {
  const text = link.trim();
  if (!URL.canParse(text)) return text;
  return new URL(text).searchParams.get('invitation') ?? text;
}
