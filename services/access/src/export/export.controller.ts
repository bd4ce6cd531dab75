import { Controller } from '@nestjs/common';
import { accessRpc, type CallContext, type Party } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { ExportService } from './export.service.js';

@Controller()
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  @Rpc(accessRpc.export)
  export(subject: Party, ctx: CallContext) {
    return this.exports.export(subject, ctx);
  }
}
