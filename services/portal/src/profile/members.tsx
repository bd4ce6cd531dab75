import { Button, Radio, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, once, type Schemas } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { date } from '../i18n/format.js';
import { ProblemNote, Shown } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import { AskFirst } from './ask-first.js';
import classes from './profile.module.css';
import { SecretOnce } from './secret-once.js';

type Membership = Schemas['Membership'];
type Invitation = Schemas['Invitation'];

/** Who acts for a company. Persons have no names here: the platform keeps none. */
export function Members({ companyId }: { companyId: string }) {
  const { t } = useTranslation('profile');
  const query = useQuery({
    queryKey: ['members', companyId],
    queryFn: ({ signal }) =>
      data(api.GET('/v1/companies/{id}/members', { params: { path: { id: companyId } }, signal })),
  });
  const mine = useQuery({
    queryKey: ['memberships'],
    queryFn: ({ signal }) => data(api.GET('/v1/memberships', { signal })),
  });
  return (
    <Shown query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <p>{t('members.none')}</p>
        ) : (
          <ul className={classes.rows} aria-label={t('members.title')}>
            {items.map((one) => (
              <Member
                key={one.id}
                member={one}
                companyId={companyId}
                me={mine.data?.items.some(({ id }) => id === one.id) ?? false}
              />
            ))}
          </ul>
        )
      }
    </Shown>
  );
}

function Member({ member, companyId, me }: { member: Membership; companyId: string; me: boolean }) {
  const { t } = useTranslation('profile');
  const { send, sending, problem } = useWrite<void, unknown>({
    write: () => data(api.DELETE('/v1/memberships/{id}', { params: { path: { id: member.id } } })),
    stale: me ? [['members', companyId], ['memberships'], ['session']] : [['members', companyId]],
    done: () => say(t('members.ended')),
  });
  const role = member.role.kind === 'firm' ? member.role.role : 'owner';
  return (
    <li className={classes.row}>
      <span className={classes.grow}>
        {t(`members.${role}`)} {me && <strong>{t('members.you')}</strong>}{' '}
        <span className={classes.dim}>{t('members.since', { date: date(member.createdAt) })}</span>
      </span>
      <AskFirst
        act={t('members.end')}
        title={t(me ? 'members.endMe' : 'members.endTitle')}
        text={t('members.endText')}
        sending={sending}
        onYes={() => send()}
      />
      <ProblemNote problem={problem} />
    </li>
  );
}

/** Invitations that nobody has used yet, and a new one: a link that works once. */
export function Invitations({ companyId }: { companyId: string }) {
  const { t } = useTranslation('profile');
  const [role, setRole] = useState<Invitation['role']>('editor');
  const [link, setLink] = useState<string>();
  const query = useQuery({
    queryKey: ['invitations', companyId],
    queryFn: ({ signal }) =>
      data(api.GET('/v1/companies/{id}/invitations', { params: { path: { id: companyId } }, signal })),
    select: ({ items }) => items.filter(({ usedAt, expiresAt }) => !usedAt && new Date(expiresAt) > new Date()),
  });
  const invite = useWrite<void, Schemas['InvitationWithToken']>({
    write: (_, key) =>
      data(
        api.POST('/v1/companies/{id}/invitations', {
          params: { path: { id: companyId }, header: once(key) },
          body: { role },
        }),
      ),
    stale: [['invitations', companyId]],
    done: ({ token }) => setLink(`${window.location.origin}/welcome?${new URLSearchParams({ invitation: token })}`),
  });
  const takeBack = useWrite<string, unknown>({
    write: (id) => data(api.DELETE('/v1/invitations/{id}', { params: { path: { id } } })),
    stale: [['invitations', companyId]],
    done: () => say(t('invite.tookBack')),
  });
  return (
    <>
      <h3>{t('invite.title')}</h3>
      <Radio.Group
        size="md"
        label={t('invite.as')}
        value={role}
        onChange={(chosen) => setRole(chosen as Invitation['role'])}
      >
        <Stack gap="xs" mt="xs">
          <Radio size="md" value="editor" label={t('members.editor')} description={t('invite.editor')} />
          <Radio size="md" value="owner" label={t('members.owner')} description={t('invite.owner')} />
        </Stack>
      </Radio.Group>
      <Button className={classes.begin} variant="default" loading={invite.sending} onClick={() => invite.send()}>
        {t('invite.make')}
      </Button>
      <ProblemNote problem={invite.problem ?? takeBack.problem} />
      {link && <SecretOnce title={t('invite.link')} text={t('invite.once')} secret={link} />}
      <Shown query={query}>
        {(open) =>
          open.length === 0 ? null : (
            <ul className={classes.rows} aria-label={t('invite.open')}>
              {open.map((one) => (
                <li key={one.id} className={classes.row}>
                  <span className={classes.grow}>
                    {t('invite.waiting', { role: t(`members.${one.role}`), date: date(one.expiresAt) })}
                  </span>
                  <Button size="sm" variant="default" disabled={takeBack.sending} onClick={() => takeBack.send(one.id)}>
                    {t('invite.takeBack')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </>
  );
}
