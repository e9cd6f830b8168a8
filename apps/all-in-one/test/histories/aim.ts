import { desk, isInUnit, roles, type Action } from './action';
import type { About, Model } from './model';

const targets = (model: Model, action: Action): readonly About[] => {
  if (action.do === 'dismiss') return model.assignments.filter(({ place }) => !isInUnit(place) && place !== desk);
  if (action.do === 'keep') return roles.flatMap((role) => model.keepers(role).slice(0, 1));
  const kind = 'kind' in action ? action.kind : action.do === 'selfDeactivate' ? 'activation' : 'eligibility';
  const found = action.do.endsWith('Renew') ? model.ended : model.ours;
  return found.filter((one) => one.kind === kind && !(action.do.endsWith('Extend') && one.end === Infinity));
};

/** The action as it is meant: about somebody and a role that it fits, when it aims and there are any. */
export const aimed = (model: Model, action: Action): Action => {
  if (!('aim' in action) || typeof action.aim !== 'number') return action;
  const fitting = targets(model, action);
  const target = fitting[action.aim % Math.max(fitting.length, 1)];
  if (!target) return action;
  // For a group one of its members does it.
  const isOfGroup = action.do.startsWith('self') && target.who === 'helpdesk';
  const who = 'who' in action ? { who: isOfGroup ? 'grace' : target.who } : {};
  return { ...action, place: target.place, ...who } as Action;
};
