// Looks for secrets in every file that git keeps (or in the files named): node .ci/secrets.mjs [file …]
// A line that only looks like one says so in a comment: `no secret: <why>`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const PATTERNS = {
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*(?:\\n)?[A-Za-z0-9+/=]{16}/,
  'a private JWK': /"d"\s*:\s*"[A-Za-z0-9_-]{40,}"/,
  'an NKEY seed': /\bS[AUONCX][A-Z2-7]{56}\b/,
  'a signed token': /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{16,}/,
  'an API key of the platform': /\bck_[A-Za-z0-9_-]{24,}/,
  'a webhook secret': /\bwhsec_[A-Za-z0-9+/]{32,}/,
  'an AWS key': /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  'a GitHub token': /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})/,
  'a GitLab token': /\bglpat-[A-Za-z0-9_-]{20}/,
  'a Slack token': /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  'a Google key': /\bAIza[A-Za-z0-9_-]{35}\b/,
  'a Stripe key': /\b[rs]k_live_[A-Za-z0-9]{20,}/,
  'an npm token': /\bnpm_[A-Za-z0-9]{36}\b/,
  'a SendGrid key': /\bSG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/,
  'a password in an address': /\b[a-z][a-z0-9+]*:\/\/[^\s:/@'"`$<>{}]+:(?!\$)[^\s@/'"`$<>{}]{12,}@/,
  'a value of high entropy':
    /(?:[Pp]assword|passwd|[Ss]ecret|SECRET|PASSWORD|[Tt]oken|TOKEN|[Aa]pi_?[Kk]ey|[Pp]rivate_?[Kk]ey|_KEY)["']?\s*[:=]\s*["'](?=[^"']*\d)(?=[^"']*[a-z])(?=[^"']*[A-Z])[A-Za-z0-9+/_=-]{24,}["']/,
};
// Checksums of packages, and texts of which only their length could be mistaken.
const LEFT_OUT = /(^|\/)(package-lock\.json|own\.lexicon)$/;

/** One line for each finding, which names the place and never the secret. */
function findingsIn(file) {
  const content = readFileSync(file);
  if (content.includes(0)) return [];
  const text = content.toString('utf8');
  return text.split('\n').flatMap((line, i) => {
    // A key may begin on the line after its heading.
    const seen = line.includes('-----BEGIN')
      ? text
          .split('\n')
          .slice(i, i + 2)
          .join('\n')
      : line;
    if (/no secret: \S/.test(line)) return [];
    return Object.entries(PATTERNS)
      .filter(([, pattern]) => pattern.test(seen))
      .map(([what]) => `${file}:${i + 1}: ${what}`);
  });
}

const named = process.argv.slice(2);
const files =
  named.length > 0 ? named : execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8', maxBuffer: 1e8 }).split('\0');
const findings = files.filter((file) => file && !LEFT_OUT.test(file)).flatMap(findingsIn);
for (const finding of findings) console.log(finding);
console.log(`${files.filter(Boolean).length} files, ${findings.length} secrets`);
process.exitCode = findings.length > 0 ? 1 : 0;
