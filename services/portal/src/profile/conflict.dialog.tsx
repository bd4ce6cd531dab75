import { Button, Modal, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './profile.module.css';

interface Side {
  field: string;
  name: string;
  theirs: string;
  mine: string;
}

interface Props {
  sides: readonly Side[];
  /** The fields in which theirs is taken. */
  onChoose: (taken: string[]) => void;
}

/** Somebody else has changed the same fields meanwhile: both versions side by side, one choice for each. It does not go away without a choice. */
export function ConflictDialog({ sides, onChoose }: Props) {
  const { t } = useTranslation('profile');
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const choose = (field: string, whose: string) => {
    const next = new Set(theirs);
    if (whose === 'theirs') next.add(field);
    else next.delete(field);
    setTheirs(next);
  };
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      size="lg"
      title={t('conflict.title')}
    >
      <p>{t('conflict.text')}</p>
      <Stack gap="lg">
        {sides.map(({ field, name, ...texts }) => (
          <Radio.Group
            size="md"
            key={field}
            label={name}
            value={theirs.has(field) ? 'theirs' : 'mine'}
            onChange={(whose) => choose(field, whose)}
          >
            <div className={classes.sides}>
              {(['mine', 'theirs'] as const).map((whose) => (
                <Radio
                  size="md"
                  key={whose}
                  className={classes.version}
                  value={whose}
                  label={t(`conflict.${whose}`)}
                  description={texts[whose] || t('conflict.nothing')}
                />
              ))}
            </div>
          </Radio.Group>
        ))}
        <Button className={classes.begin} onClick={() => onChoose([...theirs])}>
          {t('conflict.take')}
        </Button>
      </Stack>
    </Modal>
  );
}
