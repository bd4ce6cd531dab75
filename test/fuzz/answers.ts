import { Ajv2020 } from 'ajv/dist/2020.js';
import { description, type Operation } from './document.js';

// `oneOf` and unions are as the schemas' own library writes them; strictness is about their style.
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
ajv.addSchema({ $id: 'api', ...description });
const compiled = new Map<string, ReturnType<Ajv2020['compile']>>();

const escaped = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

function fits(pointer: string[], value: unknown): string | undefined {
  const ref = `api#/${pointer.map(escaped).join('/')}`;
  const check = compiled.get(ref) ?? ajv.compile({ $ref: ref });
  compiled.set(ref, check);
  return check(value) ? undefined : ajv.errorsText(check.errors);
}

/** What is wrong with an answer, in a sentence; undefined when nothing is. */
export function fault(
  path: string,
  method: string,
  { responses }: Operation,
  answer: { status: number; type: string; body: string },
): string | undefined {
  const { status, type, body } = answer;
  if (status >= 500) return `answered ${status}: ${body.slice(0, 300)}`;
  if (status >= 400) {
    if (!type.startsWith('application/problem+json')) return `answered ${status} as ${type}`;
    const problem = JSON.parse(body) as { status: number };
    if (problem.status !== status) return `says ${problem.status} and answers ${status}`;
    return fits(['components', 'schemas', 'Problem'], problem);
  }
  if (status === 304 || status === 204) return body === '' ? undefined : `answered ${status} with a body`;
  const content = responses[String(status)]?.content;
  if (!content) return `answered ${status}, which is not documented`;
  const media = Object.keys(content).find((one) => type.startsWith(one));
  if (!media) return `answered ${type}, which is not documented`;
  if (media !== 'application/json') return undefined;
  const pointer = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', media, 'schema'];
  const wrong = fits(pointer, JSON.parse(body));
  return wrong && `does not fit its schema: ${wrong}`;
}
