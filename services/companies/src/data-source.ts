import { DataSource, type DataSourceOptions } from 'typeorm';
import { messagingEntities, messagingMigrations } from '#libs/messaging';
import { recordsEntities, recordsMigrations } from '#libs/records';
import { Company } from './company/company.entity.js';
import { CompanyIdentifier } from './company/company-identifier.entity.js';
import { CreateCompanies1795200000001 } from './migrations/1795200000001-create-companies.js';
import { StayUnnamed1795700000002 } from './migrations/1795700000002-stay-unnamed.js';
import { KeepRegisterAddress1795900000001 } from './migrations/1795900000001-keep-register-address.js';
import { Opportunity } from './opportunity/opportunity.entity.js';

export const dataSourceOptions = (url: string) =>
  ({
    type: 'postgres',
    url,
    entities: [Company, CompanyIdentifier, Opportunity, ...recordsEntities, ...messagingEntities],
    migrations: [
      ...messagingMigrations,
      ...recordsMigrations,
      CreateCompanies1795200000001,
      StayUnnamed1795700000002,
      KeepRegisterAddress1795900000001,
    ],
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
  }) satisfies DataSourceOptions;

/** For the command line of TypeORM. */
export default new DataSource(dataSourceOptions(process.env.DATABASE_URL ?? ''));
