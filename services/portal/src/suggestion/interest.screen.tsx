import { useTranslation } from 'react-i18next';
import { ScreenTitle } from '../shared/card.js';

export function InterestScreen() {
  const { t } = useTranslation('suggestion');
  return <ScreenTitle>{t('interest')}</ScreenTitle>;
}
