import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  /** The word on the button, here and in the dialog. */
  act: string;
  title: string;
  text: string;
  sending: boolean;
  onYes: () => void;
}

/** A button for what is not easily undone: asks once more, and says what will happen. */
export function AskFirst({ act, title, text, sending, onYes }: Props) {
  const { t } = useTranslation(['profile', 'parts']);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant="default" loading={sending} onClick={() => setOpen(true)}>
        {act}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={title}
        closeButtonProps={{ 'aria-label': t('parts:close') }}
      >
        <p>{text}</p>
        <Group>
          <Button
            onClick={() => {
              setOpen(false);
              onYes();
            }}
          >
            {act}
          </Button>
          <Button variant="default" data-autofocus onClick={() => setOpen(false)}>
            {t('cancel')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
