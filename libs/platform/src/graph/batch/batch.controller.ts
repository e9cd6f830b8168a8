import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Graph, graphPaths, originOf, type GraphRequest } from '../graph-request';
import { BatchDto } from './batch.dto';
import { planBatch } from './batch-plan';
import { sendInner } from './inner-request';
import { runBatch, type BatchAnswer } from './run-batch';

/** Several requests in one (reference §0.4). It is 200 however they end; each has a status of its own. */
@Controller(graphPaths('$batch'))
export class BatchController {
  @Post()
  @HttpCode(200)
  async run(
    @Body() { requests }: BatchDto,
    @Graph() { version }: GraphRequest,
    @Req() outer: FastifyRequest,
  ): Promise<{ readonly responses: readonly BatchAnswer[] }> {
    const steps = planBatch(requests, { origin: originOf(outer), version: `/${version}` });
    return { responses: await runBatch(steps, (step) => sendInner(outer.server, outer, step)) };
  }
}
