/** Gateways to live workers, by the public names alone, and what has to be true of every one of them. What channels give may be null: a test fails where it is. */
package execnet4j.live;
