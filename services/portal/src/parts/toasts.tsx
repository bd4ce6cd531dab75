import { useTranslation } from 'react-i18next';
import { useStore } from '../session/store.js';
import { CheckIcon, CrossIcon, WarningIcon } from './icons.js';
import classes from './toasts.module.css';
import { dismiss, toasts } from './toasts.store.js';

/** What was said in passing. The region is there from the beginning: what appears in it is read out. */
export function Toasts() {
  const { t } = useTranslation('parts');
  const shown = useStore(toasts);
  return (
    <section className={classes.toasts} aria-live="polite" aria-label={t('toasts')}>
      {shown.map(({ id, text, kind, action }) => (
        <div key={id} className={classes.toast} data-kind={kind}>
          {kind === 'done' ? <CheckIcon /> : <WarningIcon />}
          <p>{text}</p>
          {action && (
            <button
              type="button"
              className={classes.action}
              onClick={() => {
                dismiss(id);
                action.act();
              }}
            >
              {action.label}
            </button>
          )}
          <button type="button" onClick={() => dismiss(id)} aria-label={t('close')}>
            <CrossIcon />
          </button>
        </div>
      ))}
    </section>
  );
}
