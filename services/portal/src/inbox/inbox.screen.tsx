import { useTranslation } from 'react-i18next';
import { ScreenTitle } from '../shared/card.js';

export function InboxScreen() {
  const { t } = useTranslation('inbox');
  return <ScreenTitle>{t('title')}</ScreenTitle>;
}
