import { describe } from 'mocha';
import { checkTargets } from '../../fuzz/checkTargets.ts';
import { targets } from '../../fuzz/targets.ts';

describe('made-up cases of what is shown', () => checkTargets(targets.renderers));
