import { describe } from 'mocha';
import { checkTargets } from '../../fuzz/checkTargets.ts';
import { targets } from '../../fuzz/targets.ts';

describe('made-up answers of gateways', () => checkTargets(targets.gateways));
