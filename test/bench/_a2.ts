import { mkdtempSync, rmSync } from 'node:fs';
import { comeAndGo } from '../unit/support/comings.ts';
import { House } from '../unit/support/house.ts';
const H=3600000;
for (const [w, seed, hours] of [[1,1,12],[1,2,12],[5,1,12],[5,2,12]] as const) {
  const folder = mkdtempSync('/tmp/kqs-');
  const house = await House.open({ folder, keys: 30, seed });
  const s=house.clock.now();
  await comeAndGo(house,{lastsMs:hours*H,mostWindows:w,everyMs:w===1?Infinity:12*60000});
  const gaps=Array.from({length:30},(_,i)=>house.longestGap(`key-${i}`,s)/60000);
  const p=(house.readings.get('key-0')??[]).map((t,i,a)=>((t-(a[i-1]??s))/60000));
  const all=[...house.readings].filter(([k])=>k!=='key-0').flatMap(([,a])=>a.slice(1).map((t,i)=>(t-a[i]!)/60000));
  const mean=all.reduce((a,b)=>a+b,0)/all.length;
  process.stdout.write(`${w} windows seed ${seed}: calls ${house.gateway.calls.length} usage ${house.gateway.callsOf({path:'/api/usage/token/'}).length} pinned max ${gaps[0]?.toFixed(1)} mean ${(p.reduce((a,b)=>a+b,0)/p.length).toFixed(1)} others max ${Math.max(...gaps.slice(1)).toFixed(1)} mean ${mean.toFixed(1)}\n   pinned>9: ${p.map((x,i)=>[i,x]).filter(([,x])=>x!>9).map(([i,x])=>`${i}:${x!.toFixed(1)}`)}\n`);
  await house.close(); rmSync(folder,{recursive:true});
}
