import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { api, data } from '../api/client.js';
import { ScreenTitle } from '../parts/card.js';
import { Empty, Loading, Shown } from '../parts/states.js';
import { useSession } from '../session/session.js';
import { AccessTab } from './access.tab.js';
import { CompanyEditor } from './company-editor.js';
import { ExpertEditor } from './expert-editor.js';
import { OpportunitiesTab } from './opportunities.tab.js';
import classes from './profile.module.css';

/** Whose profile it is. */
export interface Whose {
  kind: 'firm' | 'expert';
  id: string;
  /** The reader's own; otherwise a coordinator's help. */
  own: boolean;
}

/** One's own profile, or one that a coordinator looks after, by its id in the address. */
export function ProfileScreen() {
  const { t } = useTranslation('profile');
  const { actor } = useSession();
  const { kind, id } = useParams();
  const named = (kind === 'firm' || kind === 'expert') && id !== undefined;
  const party = actor.kind === 'firm' || actor.kind === 'expert' ? actor : undefined;
  if (named) {
    const own = party?.kind === kind && party.id === id;
    const keeps = actor.kind === 'coordinator' || actor.kind === 'admin';
    if (own || keeps) return <Profile key={id} whose={{ kind, id, own }} />;
  } else if (party?.id)
    return <Profile key={party.id} whose={{ kind: party.kind as Whose['kind'], id: party.id, own: true }} />;
  return (
    <>
      <ScreenTitle>{t('title')}</ScreenTitle>
      <Empty title={t('none.title')}>{t('none.text')}</Empty>
    </>
  );
}

function Profile({ whose }: { whose: Whose }) {
  const { t } = useTranslation('profile');
  const [search, setSearch] = useSearchParams();
  const tabs = whose.kind === 'firm' ? (['profile', 'entries', 'access'] as const) : (['profile', 'access'] as const);
  const tab = tabs.find((one) => one === search.get('tab')) ?? 'profile';
  return (
    <>
      <ScreenTitle intro={whose.own ? t(`intro.${whose.kind}`) : t('intro.others')}>{t('title')}</ScreenTitle>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => setSearch(next === 'profile' ? {} : { tab: next ?? '' }, { replace: true })}
      >
        <Tabs.List mb="lg">
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one} className={classes.tab}>
              {t(`tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="profile">
          {whose.kind === 'firm' ? <Firm id={whose.id} /> : <Person id={whose.id} />}
        </Tabs.Panel>
        <Tabs.Panel value="entries">
          <OpportunitiesTab companyId={whose.id} />
        </Tabs.Panel>
        <Tabs.Panel value="access">
          <AccessTab whose={whose} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Firm({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['company', id],
    queryFn: ({ signal }) => data(api.GET('/v1/companies/{id}', { params: { path: { id } }, signal })),
  });
  return (
    <Shown query={query} waiting={<Loading lines={10} />}>
      {(company) => <CompanyEditor company={company} />}
    </Shown>
  );
}

function Person({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['expert', id],
    queryFn: ({ signal }) => data(api.GET('/v1/experts/{id}', { params: { path: { id } }, signal })),
  });
  return (
    <Shown query={query} waiting={<Loading lines={10} />}>
      {(expert) => <ExpertEditor expert={expert} />}
    </Shown>
  );
}
