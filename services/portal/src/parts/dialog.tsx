import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './dialog.module.css';

interface Props {
  opened: boolean;
  close: () => void;
  title: string;
  size?: 'md' | 'lg';
  children: ReactNode;
}

/** A dialog: keeps the focus inside while it is open, gives it back, closes by Escape and by its cross. */
export function Dialog({ opened, close, title, size = 'md', children }: Props) {
  const { t } = useTranslation('parts');
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      size={size}
      classNames={{ title: classes.title ?? '' }}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {children}
    </Modal>
  );
}
