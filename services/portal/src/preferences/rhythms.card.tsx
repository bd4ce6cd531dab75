import { useTranslation } from 'react-i18next';
import { Part } from './part.js';
import type { Choice, NoticeKind, Preferences } from './preferences.queries.js';
import classes from './rhythms.module.css';

/** What waits for somebody first, then what somebody waits for, then the rest. */
const KINDS: readonly NoticeKind[] = [
  'interest-received',
  'interest-reminder',
  'interest-answered',
  'contact-open',
  'interest-expired',
  'interest-withdrawn',
  'help-answered',
  'suggested',
  'suggestions-ready',
  'alert-hit',
  'opportunity-expiring',
  'address-refused',
  'webhook-disabled',
];
const RHYTHMS = ['now', 'daily', 'weekly', 'never'] as const;

interface Props {
  preferences: Preferences;
  choose: (choice: Choice) => void;
}

/** Which kind of notice comes on which channel when: a table, and on a narrow page a card for each kind. */
export function RhythmsCard({ preferences: { rhythms }, choose }: Props) {
  const { t } = useTranslation('preferences');
  const set = (kind: NoticeKind, patch: Partial<Preferences['rhythms'][NoticeKind]>) =>
    choose((before) => ({
      ...before,
      rhythms: { ...before.rhythms, [kind]: { ...before.rhythms[kind], ...patch } },
    }));
  return (
    <Part id="rhythms" title={t('rhythms.title')} means={t('rhythms.means')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col" rowSpan={2} id="kind">
              {t('rhythms.kind')}
            </th>
            <th scope="colgroup" colSpan={4} id="mail-column">
              {t('rhythms.mail')}
            </th>
            <th scope="col" rowSpan={2} id="webhook-column">
              {t('rhythms.webhook')}
            </th>
          </tr>
          <tr>
            {RHYTHMS.map((rhythm) => (
              <th key={rhythm} scope="col" id={`column-${rhythm}`}>
                {t(`rhythm.${rhythm}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => (
            <tr key={kind}>
              <th scope="row" id={`kind-${kind}`}>
                {t(`kind.${kind}`)}
                <span className={classes.means}>{t(`kindMeans.${kind}`)}</span>
              </th>
              <Mail kind={kind} rhythm={rhythms[kind].email} onChosen={(email) => set(kind, { email })} />
              <td className={classes.webhook}>
                <label>
                  <input
                    type="checkbox"
                    checked={rhythms[kind].webhook === 'now'}
                    aria-label={`${t('rhythms.webhook')}: ${t(`kind.${kind}`)}`}
                    onChange={(event) => set(kind, { webhook: event.currentTarget.checked ? 'now' : 'never' })}
                  />
                  <span aria-hidden="true">{t('rhythms.webhook')}</span>
                </label>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

interface MailProps {
  kind: NoticeKind;
  rhythm: Preferences['rhythms'][NoticeKind]['email'];
  onChosen: (rhythm: MailProps['rhythm']) => void;
}

function Mail({ kind, rhythm, onChosen }: MailProps) {
  const { t } = useTranslation('preferences');
  // A mail to say that mails do not arrive would not arrive.
  if (kind === 'address-refused')
    return (
      <td colSpan={4} className={classes.only}>
        {t('rhythms.onlyInbox')}
      </td>
    );
  // What a saved search finds comes at the rhythm of that search, or never.
  if (kind === 'alert-hit')
    return (
      <>
        <td colSpan={3} className={classes.wide}>
          <Choose
            kind={kind}
            label={t('rhythms.bySearch')}
            checked={rhythm !== 'never'}
            shown
            onChosen={() => onChosen('daily')}
          />
        </td>
        <td>
          <Choose
            kind={kind}
            label={t('rhythm.never')}
            checked={rhythm === 'never'}
            onChosen={() => onChosen('never')}
          />
        </td>
      </>
    );
  return RHYTHMS.map((one) => (
    <td key={one}>
      <Choose kind={kind} label={t(`rhythm.${one}`)} checked={rhythm === one} onChosen={() => onChosen(one)} />
    </td>
  ));
}

interface ChooseProps {
  kind: NoticeKind;
  label: string;
  checked: boolean;
  /** Whether the label is to be seen also where a column's head says it. */
  shown?: boolean;
  onChosen: () => void;
}

function Choose({ kind, label, checked, shown = false, onChosen }: ChooseProps) {
  const { t } = useTranslation('preferences');
  return (
    <label className={classes.choice} data-shown={shown || undefined}>
      <input
        type="radio"
        name={`mail-${kind}`}
        checked={checked}
        onChange={onChosen}
        aria-label={`${label}: ${t('rhythms.mail')}, ${t(`kind.${kind}`)}`}
      />
      <span aria-hidden="true">{label}</span>
    </label>
  );
}
