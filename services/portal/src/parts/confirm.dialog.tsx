import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../api/problem.js';
import { ProblemNote } from './states.js';

interface Props {
  opened: boolean;
  close: () => void;
  title: string;
  /** What will be, and whether it can be taken back. */
  children: ReactNode;
  /** The word on the button that does it. */
  word: string;
  act: () => void;
  acting?: boolean;
  problem?: ProblemError | undefined;
}

/** Asks once more before something that cannot be taken back. */
export function ConfirmDialog({ opened, close, title, children, word, act, acting = false, problem }: Props) {
  const { t } = useTranslation('parts');
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <div>{children}</div>
      <ProblemNote problem={problem} />
      <Group mt="lg">
        <Button onClick={act} loading={acting}>
          {word}
        </Button>
        <Button variant="default" onClick={close} data-autofocus>
          {t('cancel')}
        </Button>
      </Group>
    </Modal>
  );
}
