import { Checkbox, Group, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { number } from '../i18n/format.js';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../i18n/language.js';
import type { Contact } from './fields.js';
import classes from './profile.module.css';

export type ErrorOf = (pointer: string) => string | undefined;

/** The languages in which one works. The first one chosen is the one in which the platform writes. */
export function LanguagesField({
  value,
  onChange,
  description,
  error,
}: {
  value: Language[];
  onChange: (value: Language[]) => void;
  description: string;
  error?: string | undefined;
}) {
  const { t } = useTranslation('profile');
  return (
    <Checkbox.Group
      size="md"
      id="field-languages"
      tabIndex={-1}
      label={t('field.languages')}
      description={description}
      value={value}
      error={error}
      onChange={(chosen) => onChange(chosen as Language[])}
    >
      <Group mt="xs" gap="lg">
        {LANGUAGES.map((lang) => (
          <Checkbox key={lang} value={lang} label={LANGUAGE_NAMES[lang]} lang={lang} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

const TEXT_MAX = 4000;

/** A longer text in one's own words, with what is left of its room. */
export function TextField({
  id,
  label,
  description,
  value,
  onChange,
  error,
  max = TEXT_MAX,
  rows = 5,
  required = false,
}: {
  id?: string;
  label: string;
  description?: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  max?: number;
  rows?: number;
  required?: boolean;
}) {
  const { t } = useTranslation('profile');
  return (
    <div>
      <Textarea
        id={id}
        label={label}
        description={description}
        autosize
        minRows={rows}
        maxRows={16}
        maxLength={max}
        value={value}
        error={error}
        required={required}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {value.length > max * 0.6 && (
        <p className={classes.counter}>
          {t('text.left', { count: max - value.length, left: number(max - value.length) })}
        </p>
      )}
    </div>
  );
}

/** How one is reached: shown to nobody before both have said yes. */
export function ContactFields({
  value,
  onChange,
  errorOf,
}: {
  value: Contact;
  onChange: (value: Contact) => void;
  errorOf: ErrorOf;
}) {
  const { t } = useTranslation('profile');
  return (
    <div className={classes.pair}>
      <TextInput
        label={t('contact.name')}
        value={value.name}
        maxLength={120}
        autoComplete="name"
        error={errorOf('/contact/name')}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      <TextInput
        id="field-contact"
        label={t('contact.email')}
        type="email"
        value={value.email}
        maxLength={254}
        autoComplete="email"
        error={errorOf('/contact/email')}
        onChange={(event) => onChange({ ...value, email: event.currentTarget.value })}
      />
      <TextInput
        label={t('contact.phone')}
        type="tel"
        value={value.phone}
        maxLength={30}
        autoComplete="tel"
        error={errorOf('/contact/phone')}
        onChange={(event) => onChange({ ...value, phone: event.currentTarget.value })}
      />
    </div>
  );
}

/** Where more about somebody is to be read. */
export function WebsiteField({
  value,
  onChange,
  error,
}: {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}) {
  const { t } = useTranslation('profile');
  return (
    <TextInput
      id="field-website"
      label={t('field.website')}
      type="url"
      inputMode="url"
      placeholder="www.example.org"
      value={value}
      maxLength={500}
      autoComplete="url"
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
