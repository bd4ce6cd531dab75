import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { highlight } from './highlight.js';
import classes from './reasons.module.css';

type Reason = Schemas['Reason'];

interface Props {
  reasons: readonly Reason[];
  /** The strongest so many; all of them without it. */
  most?: number;
}

/** Why somebody was suggested: sentences of the platform in the reader's language, with the reader's own words marked in them. */
export function Reasons({ reasons, most }: Props) {
  const { t } = useTranslation('parts');
  const strongest = [...reasons].sort((one, other) => other.weight - one.weight).slice(0, most);
  return (
    <ul className={classes.list} aria-label={t('reasons.label')}>
      {strongest.map((reason) => (
        <li key={`${reason.code} ${reason.text}`} data-against={reason.weight < 0 || undefined}>
          <Marked text={reason.text} words={wordsOf(reason)} />
        </li>
      ))}
    </ul>
  );
}

/** A text with some of its words marked. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  let at = 0;
  return highlight(text, words).map((piece) => {
    at += piece.text.length;
    return piece.marked ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>;
  });
}

/** The words of the need that led to a reason. */
function wordsOf({ params }: Reason): string[] {
  return [params.words, params.meant].flat().filter((word): word is string => typeof word === 'string');
}
