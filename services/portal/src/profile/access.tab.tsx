import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Card } from '../parts/card.js';
import { useSession } from '../session/session.js';
import { Consents } from './consents.js';
import { Erasure } from './erasure.js';
import { ExportCard } from './export.js';
import { Keys } from './keys.js';
import { Invitations, Members } from './members.js';
import classes from './profile.module.css';
import type { Whose } from './profile.screen.js';

/** Who may act, what was agreed to, and what one may have of one's own data: a copy, or an end. */
export function AccessTab({ whose }: { whose: Whose }) {
  const { t } = useTranslation('profile');
  const { actor } = useSession();
  const firm = whose.kind === 'firm';
  const keeps = actor.kind === 'coordinator' || actor.kind === 'admin';
  const owner = whose.own && (!firm || actor.role === 'owner');
  return (
    <div className={classes.access}>
      {firm && (owner || keeps) && (
        <Card>
          <h2>{t('members.title')}</h2>
          <Members companyId={whose.id} />
          <Invitations companyId={whose.id} />
        </Card>
      )}
      {whose.own && (
        <Card>
          <h2>{t('consents.title')}</h2>
          <p>{t('consents.how')}</p>
          <Consents owner={owner} />
        </Card>
      )}
      {(owner || actor.kind === 'admin') && <ExportCard whose={whose} />}
      {firm && owner && (
        <Card>
          <h2>{t('keys.title')}</h2>
          <p>{t('keys.how')}</p>
          <Keys firmId={whose.id} />
        </Card>
      )}
      {whose.own && (
        <Card>
          <h2>{t('elsewhere.title')}</h2>
          <Link to="/preferences">{t('elsewhere.preferences')}</Link>
          <Link to="/welcome">{t('elsewhere.welcome')}</Link>
        </Card>
      )}
      {(owner || keeps) && <Erasure whose={whose} />}
      {whose.own && !owner && <p className={classes.dim}>{t('access.owners')}</p>}
    </div>
  );
}
