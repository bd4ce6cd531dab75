import fc from 'fast-check';
import { type Operation, type Route, resolved, routes, type Schema } from './document.js';

/** One request before it is sent. `as` picks the caller and `pick` the ids, so that the same seed asks the same. */
export interface Fuzzed {
  route: Route;
  as: number;
  path: string[];
  query: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** Stands for an id that exists, as `ceresio-id-companies-7`; replaced when the request is sent. */
export const ID = 'ceresio-id-';
/** What there are ids of, as in the paths. */
const KINDS = ['companies', 'experts', 'opportunities'];

const POISON = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '$ref', ''];
const NASTY = [
  '\u0000',
  '\ud800',
  'a\u001b[2J',
  '\u202e',
  '🏭'.repeat(50),
  "'; DROP TABLE company; --",
  '" OR id EXISTS',
  '../../etc/passwd',
  '%00',
  '{{7*7}}',
  '<script>',
  'x'.repeat(5000),
  ' ',
  '\r\nX-Injected: 1',
  'NaN',
  '1e999',
  '-0',
];

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { a: value };
  return value;
};

const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary' }), fc.string());
/** What fits nothing in particular. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  nasty,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER, -1e-7, [], {}, [[]]),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(20, 40, 300).map(nested),
  fc.dictionary(fc.constantFrom(...POISON), fc.constantFrom(1, 'x', null), { maxKeys: 2 }),
  fc.array(fc.constantFrom(1, 'x'), { minLength: 60, maxLength: 200 }),
);

const idOf = (kind: string): fc.Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: fc.nat(40).map((n) => `${ID}${kind}-${n}`) }, { weight: 1, arbitrary: fc.uuid() });
const anyId = fc.constantFrom(...KINDS).chain(idOf);

function text(schema: Schema): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = 200 } = schema;
  if (format === 'uuid') return anyId;
  if (format === 'date-time' || format === 'date') {
    const dates = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    return dates.map((date) => date.toISOString().slice(0, format === 'date' ? 10 : undefined));
  }
  if (format === 'email') return fc.constant('somebody@ceresio.example');
  if (format === 'uri') return fc.constantFrom('https://ceresio.example/', 'http://127.0.0.1:1/', 'https://[::1]/');
  if (pattern && pattern.length < 100) return fc.stringMatching(new RegExp(pattern));
  const words = fc.constantFrom(
    'saldatura laser',
    'visione artificiale',
    'Officina Inventata',
    'ITC43',
    'x',
    'à la carte',
  );
  return fc.oneof(words, fc.string({ minLength, maxLength: Math.min(maxLength, 60) }));
}

/** A value that fits the schema, mostly. */
function fitting(given: Schema, depth = 0): fc.Arbitrary<unknown> {
  const schema = resolved(given);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => fitting(one, depth)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  const [type, other] = [schema.type].flat();
  const value = (): fc.Arbitrary<unknown> => {
    switch (type) {
      case 'string':
        return text(schema);
      case 'integer':
        return fc.integer({ min: Math.max(schema.minimum ?? 0, -1000), max: Math.min(schema.maximum ?? 1000, 1e6) });
      case 'number':
        return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 100, noNaN: true });
      case 'boolean':
        return fc.boolean();
      case 'array':
        return depth > 4
          ? fc.constant([])
          : fc.array(fitting(schema.items ?? {}, depth + 1), {
              minLength: Math.min(schema.minItems ?? 0, 3),
              maxLength: 3,
            });
      case 'object':
        return object(schema, depth);
      default:
        return junk;
    }
  };
  return other === 'null' ? fc.oneof(value(), fc.constant(null)) : value();
}

function object(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {});
  if (depth > 4 || properties.length === 0) return fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 });
  const model = Object.fromEntries(properties.map(([name, one]) => [name, fitting(one, depth + 1)]));
  const optional = properties.length - (schema.required?.length ?? 0);
  const requiredKeys = (schema.required ?? []).filter((name) => name in model);
  // Few optional fields at a time: with all of them hardly a body would be right.
  return fc
    .tuple(fc.record(model, { requiredKeys }), fc.array(fc.nat(Math.max(optional, 1)), { maxLength: 3 }))
    .map(([value, kept]) =>
      Object.fromEntries(
        Object.entries(value).filter(([name], i) => requiredKeys.includes(name) || kept.includes(i % (optional + 1))),
      ),
    );
}

/** Changes one thing about a body that fits: a field wrong, missing, or one too many. */
const spoil = (value: unknown, how: number, where: number, what: unknown, name: string): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return how % 2 ? what : value;
  const names = Object.keys(value);
  const chosen = names[where % Math.max(names.length, 1)] ?? name;
  const copy: Record<string, unknown> = { ...value };
  if (how === 0) copy[chosen] = what;
  else if (how === 1) delete copy[chosen];
  else if (how === 2) Object.defineProperty(copy, name, { value: what, enumerable: true });
  else if (typeof copy[chosen] === 'object') copy[chosen] = spoil(copy[chosen], where % 3, where, what, name);
  else return value;
  return copy;
};

function bodies(operation: Operation): fc.Arbitrary<string | undefined> {
  const { schema, example } = operation.requestBody?.content['application/json'] ?? {};
  const made = schema ? fitting(schema) : fc.constant({});
  const right = example === undefined ? made : fc.oneof(made, fc.constant(example));
  const spoilt = fc
    .tuple(right, fc.nat(3), fc.nat(20), junk, fc.oneof(fc.constantFrom(...POISON), fc.string()))
    .map(([value, how, where, what, name]) => spoil(value, how, where, what, name));
  const cut = right.chain((value) =>
    fc.nat(JSON.stringify(value).length).map((n) => JSON.stringify(value).slice(0, n)),
  );
  return fc.oneof(
    { weight: 9, arbitrary: right.map((value) => JSON.stringify(value)) },
    { weight: 8, arbitrary: spoilt.map((value) => JSON.stringify(value) ?? 'undefined') },
    { weight: 1, arbitrary: junk.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: cut },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        '{',
        'NaN',
        '\ufeff{}',
        '{"a":1,"a":2}',
        `{"text":"${'x'.repeat(300_000)}"}`,
        '['.repeat(5000),
      ),
    },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

function queries(operation: Operation): fc.Arbitrary<string> {
  const known = (operation.parameters ?? []).filter((one) => one.in === 'query');
  const pair = (name: string, value: unknown) => {
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    return `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(text.toWellFormed().slice(0, 2000))}`;
  };
  const named = known.map(({ name, schema }) =>
    fc
      .oneof({ weight: 3, arbitrary: fitting(schema) }, { weight: 1, arbitrary: junk })
      .map((value) => pair(name, value)),
  );
  const stray = fc.oneof(
    fc
      .tuple(fc.oneof(fc.constantFrom(...POISON, 'limit', 'cursor', 'a[b]', 'q[]'), fc.string()), nasty)
      .map(([name, value]) => pair(name, value)),
    fc.constantFrom('%', '%zz=1', '%00=%00', '=', '&&&', 'q=%ff', 'limit=1&limit=2'),
  );
  const parts = fc.oneof(...(named.length > 0 ? [{ weight: 6, arbitrary: fc.oneof(...named) }] : []), {
    weight: 1,
    arbitrary: stray,
  });
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    { weight: 3, arbitrary: fc.array(parts, { minLength: 1, maxLength: 3 }).map((all) => `?${all.join('&')}`) },
  );
}

/** What a client can put into a header at all; the rest is refused before it is sent. */
const headerText = fc.oneof(
  fc.stringMatching(/^[\x21-\x7e]{0,40}$/),
  fc.stringMatching(/^[\x21-\x7e\xa1-\xff]{1,300}$/),
  fc.constantFrom('', '*', '"1"', 'W/"1"', '"999999999999999999999"', '"-1"', '"1", "2"', 'x'.repeat(2000)),
);

function headers(method: string): fc.Arbitrary<Record<string, string>> {
  const optional = fc.dictionary(
    fc.constantFrom(
      'accept-language',
      'idempotency-key',
      'x-request-id',
      'last-event-id',
      'if-none-match',
      'accept',
      'origin',
      'cookie',
      'x-forwarded-for',
      'content-encoding',
    ),
    headerText,
    { maxKeys: 2 },
  );
  const type = fc.oneof(
    { weight: 12, arbitrary: fc.constant('application/json') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'application/merge-patch+json',
        'text/plain',
        'application/xml',
        'multipart/form-data',
        'application/x-www-form-urlencoded',
        'application/json; charset=utf-16',
        '///',
        '',
      ),
    },
  );
  const match =
    method === 'PATCH' || method === 'PUT'
      ? fc.oneof(
          { weight: 5, arbitrary: fc.constantFrom('"1"', '"2"', '"3"', '*') },
          { weight: 1, arbitrary: headerText },
        )
      : fc.constant(undefined);
  return fc.tuple(optional, type, match).map(([all, content, ifMatch]) => ({
    ...all,
    ...(content && { 'content-type': content }),
    ...(ifMatch !== undefined && { 'if-match': ifMatch }),
  }));
}

const strangeStep = fc.oneof(
  nasty.map((one) => encodeURIComponent(one.toWellFormed()).slice(0, 400)),
  fc.constantFrom('%zz', '%00', '%ff', '..%2f..', '%2e%2e', 'x'.repeat(300), '%F0%28%8C%28', ';a=b'),
);
const step = (kind: string) => fc.oneof({ weight: 9, arbitrary: idOf(kind) }, { weight: 1, arbitrary: strangeStep });

/** Requests of every kind of wrong, and some that are right, to every operation. */
export const requests: fc.Arbitrary<Fuzzed> = fc.constantFrom(...routes).chain((route) => {
  const { method, operation, path } = route;
  return fc.record({
    route: fc.constant(route),
    as: fc.nat(6),
    path: fc
      .tuple(...[...path.matchAll(/([\w-]+)\/\{\w+\}/g)].map(([, kind]) => step(kind ?? '')))
      .map((steps) => steps as string[]),
    query: queries(operation),
    headers: headers(method),
    body: method === 'GET' || method === 'DELETE' ? fc.constant(undefined) : bodies(operation),
  });
});
