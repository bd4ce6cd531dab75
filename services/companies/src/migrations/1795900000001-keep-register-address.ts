import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The address by which the public register reaches a firm. */
export class KeepRegisterAddress1795900000001 implements MigrationInterface {
  name = 'KeepRegisterAddress1795900000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE company ADD COLUMN register_email text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE company DROP COLUMN register_email');
  }
}
