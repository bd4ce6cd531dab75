import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { ago, moment, time } from '../i18n/format.js';
import { CheckIcon, ClockIcon } from '../parts/icons.js';
import { Reasons } from '../parts/reasons.js';
import { daysAhead } from './days.js';
import { stepsOf } from './main-action.js';
import classes from './notice-card.module.css';
import { StepLink } from './notice-step.js';
import { paragraphs } from './paragraphs.js';
import { SnoozeMenu } from './snooze-menu.js';

type Notice = Schemas['Notice'];

export interface Acts {
  state: (notice: Notice, state: 'unread' | 'read' | 'done') => void;
  snooze: (notice: Notice, until: Date) => void;
  mute: (notice: Notice) => void;
}

interface Props {
  notice: Notice;
  acts: Acts;
  /** Whether the choice of until when to put it off is open. */
  snoozing: boolean;
  onSnoozing: (open: boolean) => void;
}

/** The element that one moves to from notice to notice. */
export const noticeElement = (id: string) => document.getElementById(`notice-${id}`);

/** One notice: what it is, why it came, and the one thing to do about it. */
export function NoticeCard({ notice, acts, snoozing, onSnoozing }: Props) {
  const { t } = useTranslation('inbox');
  const { id, title, state, because, createdAt, snoozedUntil } = notice;
  const [opened, setOpened] = useState(false);
  const fresh = state === 'unread';
  const whole = fresh || opened;
  const [main, ...others] = stepsOf(notice);
  const today = daysAhead(new Date(createdAt), new Date()) === 0;
  const read = () => fresh && acts.state(notice, 'read');
  return (
    <article
      id={`notice-${id}`}
      className={classes.notice}
      data-state={state}
      tabIndex={-1}
      aria-labelledby={`title-${id}`}
    >
      <div className={classes.head}>
        <h3 id={`title-${id}`}>
          {fresh && <span className="heard">{t('unreadMark')} </span>}
          {title}
        </h3>
        <time dateTime={createdAt} title={moment(createdAt)}>
          {today ? ago(createdAt) : time(createdAt)}
        </time>
      </div>
      {state === 'snoozed' && snoozedUntil && (
        <p className={classes.mark}>
          <ClockIcon /> {t('snoozedUntil', { until: moment(snoozedUntil) })}
        </p>
      )}
      {state === 'done' && (
        <p className={classes.mark}>
          <CheckIcon /> {t('isDone')}
        </p>
      )}
      {whole && <Text notice={notice} />}
      <p className={classes.because}>{because.text}</p>
      <div className={classes.acts}>
        {main && <StepLink step={main} main={fresh} onFollow={read} />}
        {whole && others.map((step) => <StepLink key={step.word} step={step} main={false} onFollow={read} />)}
        {!fresh && (
          <Button variant="subtle" size="sm" aria-expanded={opened} onClick={() => setOpened(!opened)}>
            {opened ? t('less') : t('more')}
          </Button>
        )}
        <span className={classes.rest}>
          {state === 'done' ? (
            <Button variant="default" size="sm" onClick={() => acts.state(notice, 'unread')}>
              {t('reopen')}
            </Button>
          ) : (
            <>
              <Button
                variant="default"
                size="sm"
                leftSection={<CheckIcon />}
                onClick={() => acts.state(notice, 'done')}
              >
                {t('done')}
              </Button>
              <SnoozeMenu opened={snoozing} onOpened={onSnoozing} onChosen={(until) => acts.snooze(notice, until)} />
            </>
          )}
          <More notice={notice} acts={acts} />
        </span>
      </div>
    </article>
  );
}

function Text({ notice: { text, reasons } }: { notice: Notice }) {
  const { before, after } = paragraphs(text, reasons);
  return (
    <div className={classes.text}>
      {before.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {reasons.length > 0 && <Reasons reasons={reasons} most={3} />}
      {after.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

function More({ notice, acts }: { notice: Notice; acts: Acts }) {
  const { t } = useTranslation('inbox');
  const { state, because, title } = notice;
  const unread = state === 'unread';
  if (state === 'done' && !because.mutable) return null;
  return (
    <Menu position="bottom-end" width="min(20rem, calc(100vw - 2rem))" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" size="sm" aria-label={t('actsFor', { title })}>
          <span aria-hidden="true">···</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {state !== 'done' && (
          <Menu.Item onClick={() => acts.state(notice, unread ? 'read' : 'unread')}>
            {unread ? t('markRead') : t('markUnread')}
          </Menu.Item>
        )}
        {because.mutable && (
          <Menu.Item onClick={() => acts.mute(notice)}>
            {t('mute')}
            <span className={classes.muteWhy}>{because.text}</span>
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
