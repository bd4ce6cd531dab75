import {
  Button,
  Divider,
  NativeSelect,
  Popover,
  Radio,
  SegmentedControl,
  Stack,
  useMantineColorScheme,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { speak } from '../i18n/i18n.js';
import { LANGUAGE_NAMES, LANGUAGES, type Language, spoken } from '../i18n/language.js';
import { PersonIcon } from '../parts/icons.js';
import { warn } from '../parts/toasts.store.js';
import { signOut, useRoleSwitch, useSession } from '../session/session.js';
import { useStore } from '../session/store.js';
import classes from './account.module.css';
import { useRoleName } from './role-name.js';

/** Who one is, in which role, language and light. */
export function Account() {
  const { t } = useTranslation('shell');
  const [open, setOpen] = useState(false);
  const { role, roles, actor } = useSession();
  const name = useRoleName();
  const take = useRoleSwitch();
  const navigate = useNavigate();
  const choose = (next: string) => {
    setOpen(false);
    take(next);
    void navigate('/');
  };
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      trapFocus
      returnFocus
      width="min(18rem, calc(100vw - 1.5rem))"
      radius="md"
    >
      <Popover.Target>
        <button type="button" className={classes.button} onClick={() => setOpen(!open)}>
          <PersonIcon />
          <span className={classes.name}>{name(role)}</span>
          <span className="heard">{t('account.label')}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('account.label')}>
        <Stack gap="md">
          <p className={classes.who}>{name(role)}</p>
          {roles.length > 1 && (
            <Radio.Group label={t('account.role')} value={role} onChange={choose}>
              <Stack gap="xs" mt="xs">
                {roles.map((one) => (
                  <Radio key={one} value={one} label={name(one)} />
                ))}
              </Stack>
            </Radio.Group>
          )}
          <LanguageChoice />
          <LightChoice />
          {(actor.kind === 'firm' || actor.kind === 'expert') && (
            <Link to="/preferences" onClick={() => setOpen(false)}>
              {t('account.preferences')}
            </Link>
          )}
          <Divider />
          <Button variant="default" onClick={() => signOut().catch(() => warn(t('account.stillIn')))}>
            {t('account.signOut')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Each language by its own name. */
export function LanguageChoice() {
  const { t } = useTranslation('shell');
  const current = useStore(spoken);
  return (
    <NativeSelect
      label={t('account.language')}
      value={current}
      onChange={(event) => void speak(event.currentTarget.value as Language)}
      data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
    />
  );
}

/** Light, dark, or as the system has it. */
export function LightChoice() {
  const { t } = useTranslation('shell');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div>
      <p className={classes.label} id="light-choice">
        {t('account.appearance')}
      </p>
      <SegmentedControl
        fullWidth
        aria-labelledby="light-choice"
        value={colorScheme}
        onChange={setColorScheme}
        data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`account.${value}`) }))}
      />
    </div>
  );
}
