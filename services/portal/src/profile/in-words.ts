import { useTranslation } from 'react-i18next';
import { country, date, number } from '../i18n/format.js';
import { LANGUAGE_NAMES, type Language } from '../i18n/language.js';
import { usePlaceName } from '../parts/territory-name.js';

/** Says the value of any field of a profile in one line, so that two versions can be told apart. */
export function useInWords(): (field: string, value: unknown) => string {
  const { t } = useTranslation('profile');
  const place = usePlaceName();
  return (field, value) => {
    if (value === '' || value === null || value === undefined) return '';
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'number') return number(value);
    if (typeof value === 'string') {
      if (field === 'country') return country(value);
      if (field === 'territory') return place(value);
      return wordOf(field, value, t);
    }
    if (!Array.isArray(value)) return Object.values(value).filter(Boolean).join(' · ');
    return value
      .map((one: unknown) => {
        if (typeof one === 'string') return field === 'languages' ? LANGUAGE_NAMES[one as Language] : place(one);
        return lineOf(one as Record<string, string>);
      })
      .join(' · ');
  };
}

/** Something in a list: by its name, its number, or its days. */
function lineOf(one: Record<string, string>): string {
  if (one.from && one.to) return `${date(one.from)} – ${date(one.to)}`;
  return one.label ?? one.title ?? one.value ?? one.code ?? '';
}

function wordOf(field: string, value: string, t: ReturnType<typeof useTranslation<'profile'>>['t']): string {
  if (field === 'kind') return t(`kind.${value as 'sme'}`);
  if (field === 'sizeClass') return t(`size.${value as 'micro'}`);
  if (field === 'ipStatus') return t(`ip.${value as 'none'}`);
  if (field === 'role') return t(`role.${value as 'mentor'}`);
  return value;
}
