/** How an ORCID iD stands while it is typed: the last character is a check by ISO 7064 MOD 11-2. */
export function orcidStanding(typed: string): 'blank' | 'short' | 'wrong' | 'valid' {
  const code = typed
    .trim()
    .toUpperCase()
    .replace(/^HTTPS?:\/\/(?:WWW\.)?ORCID\.ORG\//, '')
    .replace(/[\s-]/g, '');
  if (code === '') return 'blank';
  if (!/^\d{0,15}$|^\d{15}[\dX]$/.test(code)) return 'wrong';
  if (code.length < 16) return 'short';
  const total = [...code.slice(0, 15)].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  const check = (12 - (total % 11)) % 11;
  return code[15] === (check === 10 ? 'X' : String(check)) ? 'valid' : 'wrong';
}
