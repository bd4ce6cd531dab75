import type { Person } from './people.js';

const STAFF: Person[] = [
  { subject: 'coordinator', name: 'Coordinator of every territory' },
  { subject: 'coordinator:ITC43', name: 'Coordinator of Lecco' },
  { subject: 'coordinator:CH070', name: 'Coordinator of Ticino' },
  { subject: 'facilitator:lecco', name: 'Facilitator of the cluster of Lecco' },
  { subject: 'admin', name: 'Administrator' },
];

/** The page on which one says who one is. `action` takes the answer; names come from the platform and may be anything. */
export function signInPage(action: string, people: { firms: Person[]; experts: Person[] }, wrong?: string): string {
  const group = (title: string, persons: Person[]): string =>
    persons.length === 0
      ? ''
      : `<h2>${title}</h2><ul>${persons.map(({ subject, name }) => `<li><button name="as" value="${escaped(subject)}">${escaped(name)}</button></li>`).join('')}</ul>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Who do you want to be? · Ceresio (development)</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1b2530; }
.notice { background: #fff3cd; border-left: .4rem solid #8a6100; padding: .75rem 1rem; }
ul { list-style: none; padding: 0; columns: 18rem; } li { margin: .2rem 0; break-inside: avoid; }
button { font: inherit; text-align: left; width: 100%; padding: .4rem .6rem; border: 1px solid #5b6b7a; border-radius: .3rem; background: #fff; cursor: pointer; }
button:hover, button:focus-visible { background: #e4f0fa; }
input { font: inherit; padding: .4rem .6rem; width: 100%; box-sizing: border-box; }
</style>
</head>
<body>
<h1>Who do you want to be?</h1>
<p class="notice"><strong>For development only.</strong> This page asks for no password: whoever can open it can be anybody on this machine. The people and firms are invented.</p>
${wrong ? `<p role="alert">${escaped(wrong)}</p>` : ''}
<form method="post" action="${escaped(action)}">
${group('Who keeps the platform', STAFF)}
${group('Experts', people.experts)}
${group('Firms', people.firms)}
</form>
<form method="post" action="${escaped(action)}">
<h2>Somebody else</h2>
<p><label>firm:&lt;id&gt;, expert:&lt;id&gt;, coordinator:&lt;territory&gt;, facilitator:&lt;cluster&gt; <input name="as" required autocomplete="off"></label></p>
<p><button>Sign in</button></p>
</form>
</body>
</html>
`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
