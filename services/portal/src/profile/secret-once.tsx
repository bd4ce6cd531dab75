import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './profile.module.css';

/** Something that is shown this once, to be copied. */
export function SecretOnce({ title, text, secret }: { title: string; text: string; secret: string }) {
  const { t } = useTranslation('profile');
  return (
    <div className={classes.field} role="status">
      <strong>{title}</strong>
      <p>{text}</p>
      <code className={classes.secret}>{secret}</code>
      <CopyButton value={secret}>
        {({ copied, copy }) => (
          <Button size="sm" variant="default" className={classes.begin} onClick={copy}>
            {t(copied ? 'copy.done' : 'copy.do')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
