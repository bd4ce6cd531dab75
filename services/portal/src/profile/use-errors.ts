import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../api/problem.js';
import { errorFor } from '../parts/states.js';
import type { ErrorOf } from './common-fields.js';
import type { Faults } from './faults.js';

/** Nobody is told in the middle of a word that the word is not finished. */
const PATIENCE_MS = 1200;

/** What is wrong with a field: what the form sees by itself, once nobody types, or what the platform has answered. */
export function useErrors(faults: Faults, refused: ProblemError | undefined): ErrorOf {
  const { t } = useTranslation('profile');
  const [settled] = useDebouncedValue(faults, PATIENCE_MS);
  return (pointer) => {
    const fault = faults.get(pointer);
    if (fault) return settled.get(pointer) === fault ? t(`fault.${fault}`) : undefined;
    return errorFor(refused, pointer);
  };
}
