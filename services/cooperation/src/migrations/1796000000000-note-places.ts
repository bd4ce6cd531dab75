import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where the two sides were when the interest was expressed: whose coordinators accompany it. Older ones are for those who oversee everything. */
export class NotePlaces1796000000000 implements MigrationInterface {
  name = 'NotePlaces1796000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE interest ADD COLUMN asker_place text, ADD COLUMN asked_place text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE interest DROP COLUMN asker_place, DROP COLUMN asked_place');
  }
}
