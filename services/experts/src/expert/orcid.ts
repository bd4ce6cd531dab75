/** An ORCID iD in its one form, 0000-0002-1825-0097, or what is wrong with it. The last character is a check by ISO 7064 MOD 11-2. */
export function checkOrcid(given: string): { value: string } | { error: string } {
  const digits = given
    .trim()
    .toUpperCase()
    .replace(/^HTTPS?:\/\/(WWW\.)?ORCID\.ORG\//, '')
    .replace(/[\s-]/g, '');
  if (!/^\d{15}[\dX]$/.test(digits)) return { error: 'an ORCID iD has sixteen digits, such as 0000-0002-1825-0097' };
  const right = checkCharacter(digits.slice(0, 15));
  if (digits[15] !== right) {
    return { error: `is no valid ORCID iD: its last character is ${digits[15]}, these fifteen digits need ${right}` };
  }
  return { value: digits.replace(/(.{4})(?=.)/g, '$1-') };
}

function checkCharacter(digits: string): string {
  const total = [...digits].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  const check = (12 - (total % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}
