import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Lexicon, lexiconOf } from '#libs/competences';
import type { Frequencies } from '../frequency/frequencies.js';
import { FrequencyService } from '../frequency/frequency.service.js';
import { ANALYSIS_VERSION } from '../index/analysis-version.js';
import { ReferenceTaxonomies } from '../taxonomy/reference.service.js';
import type { Reading } from './reading.js';
import type { ReferenceLabel } from './reasons.js';

/** What is known about words when texts are read and compared: how rare they are, how other languages say them, and what the imported taxonomy calls them. */
@Injectable()
export class Knowledge implements OnModuleInit {
  private present: Reading = { lexicon: Lexicon.own(), version: ANALYSIS_VERSION };

  constructor(
    private readonly counted: FrequencyService,
    private readonly references: ReferenceTaxonomies,
    private readonly dataSource: DataSource,
  ) {}

  async onModuleInit(): Promise<void> {
    this.references.onChange(() => this.follow());
    await this.follow();
  }

  get frequencies(): Frequencies {
    return this.counted.current;
  }

  /** Takes over what has just been counted: words of new evidence are asked for only when they are known. */
  recounted(): Promise<void> {
    return this.counted.refresh();
  }

  /** Taxonomy and lexicon belong together: take it once for a text. */
  get reading(): Reading {
    return this.present;
  }

  /** What the imported taxonomy calls a concept. */
  readonly labelOf: ReferenceLabel = (id, lang) => this.present.reference?.label(id, lang);

  private async follow(): Promise<void> {
    const reference = this.references.current();
    if (!reference) {
      this.present = { lexicon: Lexicon.own(), version: ANALYSIS_VERSION };
      return;
    }
    let bytes: Buffer | undefined;
    const learned = this.references.sources().find(({ lexiconAt }) => lexiconAt);
    if (learned) bytes = await lexiconOf(this.dataSource.manager, learned.id);
    const version = `${ANALYSIS_VERSION}-${reference.version}${bytes ? '-lexicon' : ''}`;
    this.present = { reference, lexicon: bytes ? Lexicon.fromBuffer(bytes) : Lexicon.own(), version };
  }
}
