const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const PLACE = '[A-Z]{2}[A-Z0-9]?[0-9]{0,2}';
const PLACES = `${PLACE}(?:,${PLACE})*`;
const SUBJECT = new RegExp(
  `^(?:firm:${ID}(?::editor|:owner)?|expert:${ID}|coordinator(?::${PLACES})?|facilitator:(?:${PLACE}|[a-z0-9][a-z0-9-]{0,59}(?::${PLACES})?)|admin)$`,
);
const TERRITORIES = new RegExp(`^${PLACES}$`, 'i');

/** The subject of a local token that a person has named, in its one spelling (territories in capitals); undefined when it is none. */
export function localSubject(text: string): string | undefined {
  const [kind = '', ...rest] = text.split(':');
  const staff = /^(?:coordinator|facilitator)$/i.test(kind);
  // A cluster may be called like a territory; then it is one.
  const spelled = rest.map((part) => (staff && TERRITORIES.test(part) ? part.toUpperCase() : part.toLowerCase()));
  const subject = [kind.toLowerCase(), ...spelled].join(':');
  return SUBJECT.test(subject) ? subject : undefined;
}
