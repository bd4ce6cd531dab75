import { Button, Modal } from '@mantine/core';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../parts/states.js';
import type { CompanyForm } from './company-form.js';
import { ConflictDialog } from './conflict.dialog.js';
import type { ExpertForm } from './expert-form.js';
import { useInWords } from './in-words.js';
import classes from './profile.module.css';
import { SaveState } from './save-state.js';
import { TaskList } from './task-list.js';
import type { useAutosave } from './use-autosave.js';

type Editor<F extends object> = ReturnType<typeof useAutosave<{ id: string; revision: number }, F>>;

interface Props extends ComponentProps<typeof TaskList> {
  editor: Pick<Editor<CompanyForm>, 'state' | 'sendNow' | 'refused'> & {
    form: CompanyForm | ExpertForm;
    conflict: { fields: string[]; theirs: CompanyForm | ExpertForm } | undefined;
    resolve: (taken: never[]) => void;
  };
  preview: ReactNode;
  children: ReactNode;
}

/** What surrounds the fields of a profile: what is done and what helps next, whether it is saved, how others see it, and whose change counts. */
export function EditorFrame({ editor, preview, children, ...tasks }: Props) {
  const { t } = useTranslation(['profile', 'parts']);
  const [looking, setLooking] = useState(false);
  const inWords = useInWords();
  const { conflict, refused } = editor;
  const words = (form: object, field: string) => inWords(field, (form as Record<string, unknown>)[field]);
  return (
    <div className={classes.columns}>
      <aside className={classes.side} aria-labelledby="tasks">
        <div className={classes.panel}>
          <TaskList {...tasks} />
          <Button variant="default" onClick={() => setLooking(true)}>
            {t('preview.open')}
          </Button>
        </div>
      </aside>
      <div className={classes.main}>
        <div className={classes.bar}>
          <SaveState state={editor.state} again={editor.sendNow} />
        </div>
        {refused && refused.errors.length === 0 && <ProblemNote problem={refused} again={editor.sendNow} />}
        {children}
      </div>
      <Modal
        opened={looking}
        onClose={() => setLooking(false)}
        size="lg"
        title={t('preview.title')}
        closeButtonProps={{ 'aria-label': t('parts:close') }}
      >
        {preview}
      </Modal>
      {conflict && (
        <ConflictDialog
          key={conflict.fields.join()}
          sides={conflict.fields.map((field) => ({
            field,
            name: t(`field.${field as keyof CompanyForm}`),
            theirs: words(conflict.theirs, field),
            mine: words(editor.form, field),
          }))}
          onChoose={(taken) => editor.resolve(taken as never[])}
        />
      )}
    </div>
  );
}
