/** The rules of the house, as tests: each is run, and each is seen to bite on a planted fault. */
package io.tallystick.house;
