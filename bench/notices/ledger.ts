import type { Life, Mail } from './crew.js';
import type { Person } from './world.js';

/** A message as a receiver took it. */
export interface Posted {
  at: number;
  path: string;
  id: string;
  notice: string;
}

/** What a run came to. Everything but the first lines must be zero; `doubles` are counted and explained by a death each. */
export interface MailFigures {
  letters: number;
  told: number;
  doubles: number;
  lost: number;
  unwanted: number;
  toldTwice: number;
  unexplained: number;
  inQuietHours: number;
  aboveCap: number;
  brokenDigests: number;
}

interface Letter extends Mail {
  /** When it came, where its reader is. */
  day: string;
  minute: number;
  /** Which processes lived then. */
  life: Life;
}

/** Compares the mails that arrived with what everybody wanted to be told, and when. */
export function auditMails(people: Person[], mails: Mail[], lives: Life[]): MailFigures {
  const figures: MailFigures = {
    letters: 0,
    told: 0,
    doubles: 0,
    lost: 0,
    unwanted: 0,
    toldTwice: 0,
    unexplained: 0,
    inQuietHours: 0,
    aboveCap: 0,
    brokenDigests: 0,
  };
  const byPerson = Map.groupBy(mails, (mail) => mail.to);
  for (const person of people) {
    const own = (byPerson.get(person.id) ?? []).map((mail) => letterOf(mail, person, lives));
    auditPerson(person, own, figures);
  }
  return figures;
}

function auditPerson({ choice, needs }: Person, own: Letter[], figures: MailFigures): void {
  const email = choice.rhythms?.suggested?.email;
  const copies = Map.groupBy(own, (letter) => letter.id);
  const letters = [...copies.values()].map(([first]) => first!);
  const doubles = own.length - letters.length;
  figures.letters += letters.length;
  figures.doubles += doubles;
  for (const same of copies.values()) figures.unexplained += sameLives(same);
  figures.inQuietHours += own.filter((letter) => isQuiet(letter.minute, choice.quietHours)).length;
  if (email === 'never') {
    figures.unwanted += own.length;
    return;
  }
  const told = letters.flatMap((letter) => letter.needs);
  const distinct = new Set(told);
  figures.told += distinct.size;
  figures.lost += [...needs].filter((need) => !distinct.has(need)).length;
  figures.unwanted += [...distinct].filter((need) => !needs.has(need)).length;
  figures.toldTwice += told.length - distinct.size;
  for (const day of Map.groupBy(letters, (letter) => letter.day).values()) {
    // A letter whose sender died before it wrote that down is not known to have taken a place.
    figures.aboveCap += Math.max(0, day.length - doubles - (choice.mailsPerDay ?? 0));
  }
  if ((email === 'daily' || email === 'weekly') && needs.size > 0 && letters.length !== 1) figures.brokenDigests++;
}

/** Copies of one letter that no death lies between. */
function sameLives(copies: Letter[]): number {
  const lives = copies.map(({ life }) => `${life.service}/${life.postOffice}`);
  return lives.length - new Set(lives).size;
}

function letterOf(mail: Mail, person: Person, lives: Life[]): Letter {
  const life = lives.findLast((one) => one.from <= mail.at) ?? lives[0]!;
  const local = new Date(mail.at + life.aheadMs).toLocaleString('sv-SE', { timeZone: person.choice.timeZone });
  const [day = '', time = ''] = local.split(' ');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { ...mail, day, minute: hour * 60 + minute, life };
}

function isQuiet(minute: number, hours: Person['choice']['quietHours']): boolean {
  if (!hours) return false;
  const [from, to] = [minuteOf(hours.from), minuteOf(hours.to)];
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

/** What came to the webhooks. `expected` are the notices by the path that is to hear of them. */
export function auditWebhooks(
  expected: Map<string, Set<string>>,
  posted: Posted[],
): { messages: number; doubles: number; lost: number; unwanted: number; underAnotherId: number } {
  const taken = Map.groupBy(posted, ({ path }) => path);
  const figures = { messages: 0, doubles: 0, lost: 0, unwanted: 0, underAnotherId: 0 };
  for (const [path, notices] of expected) {
    const got = taken.get(path) ?? [];
    const ids = new Set(got.map(({ id }) => id));
    const heard = new Set(got.map(({ notice }) => notice));
    figures.messages += heard.size;
    figures.doubles += got.length - ids.size;
    figures.underAnotherId += ids.size - heard.size;
    figures.lost += [...notices].filter((notice) => !heard.has(notice)).length;
    figures.unwanted += [...heard].filter((notice) => !notices.has(notice)).length;
  }
  return figures;
}
