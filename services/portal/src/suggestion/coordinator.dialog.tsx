import { Button, CopyButton, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/dialog.js';
import classes from './suggestion.module.css';

interface Props {
  opened: boolean;
  close: () => void;
  /** What it is about. */
  title: string;
}

/** A message to the coordinator, ready to be sent by the reader's own mail: the platform has no line to them of its own. */
export function CoordinatorDialog({ opened, close, title }: Props) {
  const { t } = useTranslation('suggestion');
  return (
    <Dialog opened={opened} close={close} title={t('coordinator.title')}>
      <Message title={title} />
    </Dialog>
  );
}

function Message({ title }: { title: string }) {
  const { t } = useTranslation('suggestion');
  const [text, setText] = useState(() => t('coordinator.body', { title, address: window.location.href }));
  const mail = `mailto:?subject=${encodeURIComponent(t('coordinator.subject', { title }))}&body=${encodeURIComponent(text)}`;
  return (
    <div className={classes.form}>
      <p>{t('coordinator.text')}</p>
      <Textarea
        label={t('coordinator.message')}
        autosize
        minRows={5}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.acts}>
        <Button component="a" href={mail}>
          {t('coordinator.mail')}
        </Button>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('coordinator.copied') : t('coordinator.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
