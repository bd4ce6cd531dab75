import type { Schemas } from '../api/client.js';

type Kept = Schemas['Company']['offers'][number];
export type Level = NonNullable<Kept['level']>;

/** A competence in a list that is being edited. */
export interface Competence extends Kept {
  /** Chosen from the proposals just now: named by its id. What stood there before keeps the words in which somebody put it. */
  picked?: boolean;
}

export interface Contact {
  name: string;
  email: string;
  phone: string;
}

/** A text, or that there is none. */
export const given = (text: string): string | null => text.trim() || null;

/** Competences as the API told them, for a form. */
export const competencesOf = (kept: readonly Kept[]): Competence[] =>
  kept.map(({ id, label, level }) => ({ id, label, ...(level && { level }) }));

/** Competences as the API takes them. */
export const sentCompetences = (list: readonly Competence[]) =>
  list.map(({ id, label, level, picked }) => ({
    competence: picked && id ? id : label,
    ...(level && { level }),
  }));

/** A contact for a form. */
export const contactOf = (contact: Partial<Contact> | null | undefined): Contact => ({
  name: contact?.name ?? '',
  email: contact?.email ?? '',
  phone: contact?.phone ?? '',
});

/** A contact as the API takes it; null where nothing of it is given. */
export function sentContact(contact: Contact): Partial<Contact> | null {
  const parts = Object.entries(contact).flatMap(([key, value]) => (value.trim() ? [[key, value.trim()]] : []));
  return parts.length > 0 ? (Object.fromEntries(parts) as Partial<Contact>) : null;
}

/** A web address as people write it, made whole: `www.example.org` is on https. */
export function webAddress(typed: string): string | null {
  const text = typed.trim();
  if (text === '') return null;
  return /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
}

/** Whether a text can be a web address that a reader can open. */
export function isWebAddress(typed: string): boolean {
  const address = webAddress(typed);
  if (!address || !URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && /\.[a-z0-9-]{2,}$/i.test(hostname);
}

/** Whether a text can be an e-mail address; the API looks more closely. */
export const isEmail = (typed: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(typed.trim());

/** Whether a text can be a phone number. */
export const isPhone = (typed: string): boolean => /^\+?[0-9 ()./-]{5,30}$/.test(typed.trim());
