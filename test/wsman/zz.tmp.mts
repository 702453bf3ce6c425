import { serviceInstance } from './toy-handler.js';
import { encodeInstance } from '../../src/wsman/cim/encode.js';
import { readXml } from '../../src/wsman/xml/reader.js';
import { xml } from '../../src/wsman/xml/writer.js';
const many = Array.from({ length: 3000 }, (_, index) => serviceInstance(`service ${index}`, `é${'x'.repeat(200)}`));
for (let i=0;i<3;i++){
let t = performance.now(); const items = many.map(encodeInstance); console.log('encode', performance.now()-t);
t = performance.now(); const text = xml('root', {}, items).text; console.log('join', performance.now()-t, text.length);
t = performance.now(); readXml(text); console.log('parse', performance.now()-t);
}
