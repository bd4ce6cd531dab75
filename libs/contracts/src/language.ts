import { z } from 'zod';

/** The four languages of the platform. Italian comes first: it is the default where nothing else is known. */
export const LANGUAGES = ['it', 'en', 'de', 'fr'] as const;
export type Lang = (typeof LANGUAGES)[number];
export const langSchema = z.enum(LANGUAGES).describe('Language: it, en, de or fr');
