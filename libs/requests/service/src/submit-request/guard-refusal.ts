import { roleSchedule } from '@pim/assignments/domain';
import type { ScheduleOrder } from '@pim/contracts';
import type { OrderGround } from '@pim/platform';
import type { Refusal } from '@pim/requests/domain';

/** What the guard of the role would refuse now. It decides again when the order reaches it; this spares the detour. */
export const guardRefusal = (order: ScheduleOrder, { role, facts }: OrderGround): Refusal | null => {
  const [refusal] = roleSchedule.decide({ type: 'CarryOutOrder', data: { order, facts } }, role);
  if (refusal?.type !== 'ScheduleChangeRefused') return null;
  const { code, message } = refusal.data;
  return { code, message };
};
