import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { companiesRpc, expertsRpc, opportunitiesRpc, type SubjectType } from '#libs/contracts';
import { RpcClient, serviceContext } from '#libs/service';
import { Knowledge } from '../match/knowledge.service.js';
import type { Reading } from '../match/reading.js';
import { type Copy, companyCopy, expertCopy, opportunityCopy } from './features.js';
import { writeCopies } from './subject.store.js';

/** Longest stretch of computing before waiting requests get their turn. */
const STRETCH_MS = 8;

/** What the owner said, ready to be kept, and what could not be made ready of it. */
export interface Fetched {
  /** What the texts were read with. */
  version: string;
  copies: Copy[];
  failed: Map<string, string>;
}

/** Brings the copies up to date: asks the owners for the current facts, in batches, and keeps what scoring needs of them. */
@Injectable()
export class Copier {
  constructor(
    private readonly rpc: RpcClient,
    private readonly knowledge: Knowledge,
  ) {}

  /** The owners' current state of these subjects; rejects when the owner cannot be asked. */
  async fetch(type: SubjectType, ids: readonly string[]): Promise<Fetched> {
    const ctx = serviceContext('matching');
    const { reading } = this.knowledge;
    if (type === 'expert') return inTurns(reading, await this.rpc.fetchAll(expertsRpc.facts, ids, ctx), expertCopy);
    if (type === 'company') return inTurns(reading, await this.rpc.fetchAll(companiesRpc.facts, ids, ctx), companyCopy);
    return inTurns(reading, await this.rpc.fetchAll(opportunitiesRpc.facts, ids, ctx), opportunityCopy);
  }

  /** Keeps them; answers with those that are to be found. */
  async write(
    manager: EntityManager,
    type: SubjectType,
    ids: readonly string[],
    copies: readonly Copy[],
    version: string,
  ): Promise<Copy[]> {
    return writeCopies(manager, type, ids, copies, version);
  }
}

async function inTurns<T extends { id: string }>(
  reading: Reading,
  facts: readonly T[],
  copyOf: (one: T, reading: Reading) => Copy,
): Promise<Fetched> {
  const fetched: Fetched = { version: reading.version, copies: [], failed: new Map() };
  let began = performance.now();
  for (const one of facts) {
    try {
      fetched.copies.push(copyOf(one, reading));
    } catch (error) {
      // One text that cannot be read must not keep all others out of the index.
      fetched.failed.set(one.id, error instanceof Error ? error.message : String(error));
    }
    if (performance.now() - began > STRETCH_MS) {
      await setImmediate();
      began = performance.now();
    }
  }
  return fetched;
}
