import { Button, Group, Modal, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { State } from './next-states.js';
import classes from './queue.module.css';
import type { Led } from './queue.queries.js';

const ACHIEVEMENTS = [
  'commercial',
  'supplier',
  'outsourcing',
  'investment',
  'commercial-with-technical-assistance',
  'rd-cooperation',
] as const satisfies readonly Led['achievement'][];
type Achievement = NonNullable<Led['achievement']>;

interface Props {
  outcome: State | undefined;
  close: () => void;
  onChosen: (achievement: Achievement | undefined) => void;
}

/** How talks ended: said once, and with what was agreed. */
export function OutcomeDialog({ outcome, close, onChosen }: Props) {
  const { t } = useTranslation(['queue', 'parts']);
  return (
    <Modal
      opened={outcome !== undefined}
      onClose={close}
      title={outcome && t(`state.${outcome}`)}
      closeButtonProps={{ 'aria-label': t('parts:close') }}
    >
      {outcome && <Outcome agreed={outcome === 'agreement-reached'} close={close} onChosen={onChosen} />}
    </Modal>
  );
}

function Outcome({ agreed, close, onChosen }: Omit<Props, 'outcome'> & { agreed: boolean }) {
  const { t } = useTranslation(['queue', 'parts']);
  const [chosen, setChosen] = useState<Achievement>();
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        onChosen(agreed ? chosen : undefined);
      }}
    >
      <p>{t('outcome.final')}</p>
      {agreed && (
        <Radio.Group
          label={t('outcome.what')}
          value={chosen ?? ''}
          onChange={(value) => setChosen(ACHIEVEMENTS.find((one) => one === value))}
        >
          <div className={classes.checks}>
            {ACHIEVEMENTS.map((one) => (
              <Radio key={one} value={one} label={t(`achievement.${one}`)} />
            ))}
          </div>
        </Radio.Group>
      )}
      <Group>
        <Button type="submit">{t('outcome.do')}</Button>
        <Button variant="default" onClick={close} data-autofocus>
          {t('parts:cancel')}
        </Button>
      </Group>
    </form>
  );
}
