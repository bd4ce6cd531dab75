import { Button, Radio, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, data, ifMatch, once, type Schemas } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { Dialog } from '../parts/dialog.js';
import { errorFor, ProblemNote } from '../parts/states.js';
import { type Validity, ValidityChoice } from '../parts/validity.js';
import { useSession } from '../session/session.js';
import { addressOf } from '../shell/addresses.js';
import classes from './find.module.css';
import { bodyOf, titleOf } from './need-text.js';
import type { Search } from './search.js';

const TYPES = ['TR', 'BR', 'RDR'] as const;

interface Props {
  opened: boolean;
  close: () => void;
  search: Search;
  understood: Schemas['Understood'];
}

/** Makes a need in own words public: what kind it is, its title, named or not. */
export function PublishDialog(props: Props) {
  const { t } = useTranslation('find');
  const { opened, close } = props;
  return (
    <Dialog opened={opened} close={close} title={t('publish.title')} size="lg">
      <PublishForm {...props} />
    </Dialog>
  );
}

function PublishForm({ close, search, understood }: Props) {
  const { t } = useTranslation('find');
  const { actor } = useSession();
  const navigate = useNavigate();
  const [need, setNeed] = useState(() => ({
    type: 'TR' as (typeof TYPES)[number],
    title: titleOf(search.text),
    text: search.text.trim(),
    anonymous: false,
    validDays: 365 as Validity,
  }));
  const publish = useWrite({
    write: async (_: undefined, key) => {
      const { text, validDays, ...rest } = need;
      const created = await data(
        api.POST('/v1/companies/{id}/opportunities', {
          params: { path: { id: actor.id ?? '' }, header: once(`${key}-write`) },
          body: {
            ...rest,
            ...bodyOf(text),
            lang: understood.lang,
            // What was corrected by hand counts; what was recognised is recognised again.
            ...(search.add.length + search.not.length > 0 && {
              competences: understood.competences.filter(({ source }) => source === 'own').map(({ id }) => id),
            }),
            ...(search.acrossBorder && { prefer: 'cross-border' }),
          },
        }),
      );
      return data(
        api.POST('/v1/opportunities/{id}/publish', {
          params: { path: { id: created.id }, header: { ...once(`${key}-publish`), ...ifMatch(created) } },
          body: { validDays },
        }),
      );
    },
    stale: [['opportunities']],
    done: ({ id }) => void navigate(addressOf.opportunity(id)),
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        publish.send(undefined);
      }}
    >
      <TextInput
        label={t('publish.name')}
        maxLength={200}
        required
        value={need.title}
        onChange={(event) => setNeed({ ...need, title: event.currentTarget.value })}
        error={errorFor(publish.problem, '/title')}
        data-autofocus
      />
      <Textarea
        label={t('publish.body')}
        maxLength={4000}
        required
        autosize
        minRows={3}
        maxRows={8}
        value={need.text}
        onChange={(event) => setNeed({ ...need, text: event.currentTarget.value })}
        error={errorFor(publish.problem, '/summary') ?? errorFor(publish.problem, '/text')}
      />
      <Radio.Group
        label={t('publish.type')}
        value={need.type}
        onChange={(value) => setNeed({ ...need, type: TYPES.find((one) => one === value) ?? 'TR' })}
      >
        <div className={classes.checks}>
          {TYPES.map((type) => (
            <Radio key={type} value={type} label={t(`publish.${type}`)} />
          ))}
        </div>
      </Radio.Group>
      <Switch
        label={t('publish.anonymous')}
        description={t('publish.anonymousMeans')}
        checked={need.anonymous}
        onChange={(event) => setNeed({ ...need, anonymous: event.currentTarget.checked })}
      />
      <ValidityChoice
        value={need.validDays}
        onChange={(validDays) => setNeed({ ...need, validDays })}
        error={errorFor(publish.problem, '/validDays')}
      />
      <ProblemNote problem={publish.problem} />
      <div className={classes.acts}>
        <Button type="submit" loading={publish.sending}>
          {t('publish.do')}
        </Button>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
