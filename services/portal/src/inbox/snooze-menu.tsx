import { Button, Group, Menu, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { daysToChoose } from '../i18n/day.js';
import { moment } from '../i18n/format.js';
import { ClockIcon } from '../parts/icons.js';
import classes from './notice-card.module.css';
import { nextWeek, onDate, tomorrow } from './snooze.js';

interface Props {
  opened: boolean;
  onOpened: (open: boolean) => void;
  onChosen: (until: Date) => void;
}

/** Puts something off: until tomorrow, until next week, or until a day that one chooses. */
export function SnoozeMenu({ opened, onOpened, onChosen }: Props) {
  const { t } = useTranslation(['inbox', 'parts']);
  const [dated, setDated] = useState(false);
  const now = new Date();
  const times = [
    { word: 'tomorrow', until: tomorrow(now) },
    { word: 'nextWeek', until: nextWeek(now) },
  ] as const;
  return (
    <>
      <Menu
        opened={opened}
        onChange={onOpened}
        position="bottom-end"
        width="min(20rem, calc(100vw - 2rem))"
        // An element for the focus alone is no child of a menu.
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <Button variant="default" size="sm" leftSection={<ClockIcon />}>
            {t('snooze.do')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {times.map(({ word, until }) => (
            <Menu.Item key={word} onClick={() => onChosen(until)}>
              {t(`snooze.${word}`)}
              <span className={classes.muteWhy}>{moment(until)}</span>
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setDated(true)}>{t('snooze.onDate')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={dated}
        onClose={() => setDated(false)}
        title={t('snooze.title')}
        closeButtonProps={{ 'aria-label': t('parts:close') }}
      >
        <DateForm
          onChosen={(until) => {
            setDated(false);
            onChosen(until);
          }}
        />
      </Modal>
    </>
  );
}

function DateForm({ onChosen }: { onChosen: (until: Date) => void }) {
  const { t } = useTranslation(['inbox', 'parts']);
  const [value, setValue] = useState('');
  const [wrong, setWrong] = useState(false);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const until = onDate(value, new Date());
        if (until) onChosen(until);
        else setWrong(true);
      }}
    >
      <TextInput
        type="date"
        label={t('snooze.until')}
        description={t('snooze.morning')}
        error={wrong && t('snooze.wrong')}
        value={value}
        {...daysToChoose(new Date())}
        onChange={(event) => {
          setValue(event.currentTarget.value);
          setWrong(false);
        }}
        data-autofocus
      />
      <Group mt="md">
        <Button type="submit">{t('snooze.do')}</Button>
      </Group>
    </form>
  );
}
