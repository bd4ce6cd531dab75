/** Where a started platform is found. */
export interface Addresses {
  gateway: string;
  mail: string;
  sample: boolean;
}

/** The need that a newcomer sees answered first. */
export const NEED =
  'Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti tecnici, in collaborazione con un partner svizzero';

/** What a person reads once everything is ready. */
export function greeting({ gateway, mail, sample }: Addresses, milliseconds: number): string {
  const body = JSON.stringify({ text: NEED, seek: 'experts' });
  return `
Ceresio is ready (${(milliseconds / 1000).toFixed(1)} s).

  Open in a browser               ${gateway}
  The API and its documentation   ${gateway}/docs
  Mails that were sent            ${mail}
${sample ? '' : '\n  The network is empty: start with the sample network by leaving --no-sample out.\n'}
Ask it a need:

  curl -s ${gateway}/v1/matches \\
    -H "Authorization: Bearer $(npm run -s token -- --as coordinator)" \\
    -H 'Content-Type: application/json' -H 'Accept-Language: it' \\
    -d '${body}'

See a need told and answered, step by step:  npm run tour

Stop it with Ctrl-C; the data stay. "npm start -- --fresh" begins anew.`;
}

/** The last line. */
export function farewell(dir: string): string {
  return `Everything has stopped. The data are in ${dir}.`;
}
