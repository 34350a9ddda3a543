// The data of this page, its network and its words.
import { readNetwork } from './logic/network.js';
import { createWords } from './logic/words.js';

/** What `data.py` wrote. */
export const data = JSON.parse(document.getElementById('data').textContent);
/** The places, the partnerships and what joins them. */
export const network = readNetwork(data);
/** The words of the current language. */
export const words = createWords(data);
/** The layers of this map: record kinds that are drawn as arrows and can be switched on. */
export const layers = data.layers.filter((layer) => data.arrows.some((arrow) => arrow.type === layer.type));
/** The same, by type. */
export const layerOf = Object.fromEntries(layers.map((layer) => [layer.type, layer]));
